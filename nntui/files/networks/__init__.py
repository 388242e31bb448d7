"""Networks of other programs: weights that go out (`nntui export`) and weights that come in (`nntui new --weights`)."""
