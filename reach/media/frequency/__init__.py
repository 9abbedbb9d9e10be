"""How often: models of reach and frequency, one a file.

`contacts` is what a model of a known number of insertions gives: how many have exactly k
contacts. `shares` says what a model can't take.

* `binomial`: one chance for everybody, the same each time.
* `sainsbury`: several vehicles, independent of one another.
* `agostini`: several vehicles, from the overlap of each two.
* `beta_binomial`: chances that differ from person to person, from the reach of one and of two
  insertions, or from contacts and reach.
* `metheringham`: the same for several vehicles, from their average audience and overlap.
* `goerg`: contacts and reach of one campaign, and the hyperbola through them.
* `negative_exponential`: reach that comes up to a ceiling, the slower the nearer.

`measured` reads one row of an audience, `fitted` fits every model that it allows, and
`described` puts that into a document, with the spread between the models that fit.
"""
