"""Campaign logs whose truth is known: what happens is decided first, and only then told.

In the order of the data:

* `luck`: chance that needs no memory, so that a log can be made in pieces of any size.
* `regions`, `population`: who lives where, and under which addresses.
* `profiles`, `delays`: what is likely in a channel, and how long it takes.
* `messages`: who gets the message with a number, and when.
* `fate`: what becomes of it, really, and which records tell of it.
* `records`: a file a format; the records in a provider's words.
* `spoil`: records made bad, each certain to be refused.
* `stream`: the records in the order of a log, a piece at a time.
* `truth`, `message_truth`: what was made, counted and message by message.
* `plan`, `place`, `config`, `run`: what is asked for, where it goes, and doing it.

It reads no log and knows none of the code that does: it is what that code is checked with.
"""
