"""Compare: tallies in, findings out.

`question.py` is what the config asks; `metrics.py` says what each rate counts; `rates.py` keeps
them, for an arm is in many pairs; `arms.py` describes one arm; `verdict.py` is the verdict table;
`pairs.py` compares two arms; `costs.py` says what an arm's messages cost; `other_methods/` has what is told beside the verdicts; `assignment.py` checks a declared randomisation; `warnings.py` says
what a reader must know, each in the shape of `notice.py`; `result.py` puts the finding together
as the document that `schemas/result.schema.json` describes.
"""
