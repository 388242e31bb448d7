"""Recordings (`.nnrec`): a lesson as a text file that is readable while it is written, and safe to be torn.

Every line is eight lowercase hex digits, a space, and one JSON object. The digits are the CRC-32 of the bytes of the
JSON, seeded with the CRC of the line before (the first: 0), so that a damaged, lost or swapped line is seen. Times `t`
are seconds since the start and never go back; steps count from 0 over the run of the scenario in force.

    {"format": 1, "program": "0.1.0", "scenario": {…}}       the first line; the scenario in its own language, data in place
    {"kind": "stop", "t": 3.2, "step": 14}                   the student stands there ("grain": "layer" beside it
                                                             where keys go that far from now on)
    {"kind": "play", "t": 5, "from": 14, "to": 22, "speed": 2, "grain": "layer"}
                                                             the stops of the grain after `from` up to `to`, the first at t
    {"kind": "note", "t": 9, "step": 22, "text": "…"}        a note that was typed
    {"kind": "score", "t": 9.5, "step": 23, "typed": "0.13", "right": true}
                                                             the student predicted what that step makes ("slip": "…" where
                                                             a wrong answer was one)
    {"kind": "reload", "t": 12, "scenario": {…}, "step": 0}  the scenario changed; what follows is of the new one
    {"kind": "keyframe", "iteration": 64, "digest": "…", "weights": "…"}
                                                             the weights before that iteration (from 0): base64 of
                                                             little-endian float64, laid out as `engine.network` says
                                                             (left out where long), and the sha256 of those bytes

All kinds of line, and what a reader and a writer must do, are in docs/recording-format.md. A line of a kind that is not known is
passed over and counted.
A NaN is 0x7ff8000000000000 in weights and digests. No path in a recording is ever followed.

    format    lines ⇄ bytes        header    the first line        keyframe    weights, and when they are due
    content   events ⇄ lines       reader    a whole recording     writer      appending, and what may go wrong
    follower  what is new          lock      one writer            verify      does recomputing give the same?
"""
