"""Recordings (`.nnrec`): a lesson as a text file that can be read while it is written and survives a torn last line.

Every line is eight lowercase hex digits, a space, and one JSON object. The digits are the CRC-32 of the bytes of the
JSON, seeded with the CRC of the line before (the first: 0), so that a damaged, lost or swapped line is detected.
Times `t` are seconds since the start and never decrease; steps count from 0 over the current run.

    {"format": 1, "program": "0.1.0", "scenario": {…}}       the first line; the scenario in its own language, data in place
    {"kind": "stop", "t": 3.2, "step": 14}                   the student moved to that step ("grain": "layer" too
                                                             if keys move that far from now on)
    {"kind": "play", "t": 5, "from": 14, "to": 22, "speed": 2, "grain": "layer"}
                                                             the stops of the grain after `from` up to `to`, the first at t
    {"kind": "note", "t": 9, "step": 22, "text": "…"}        a note that was typed
    {"kind": "score", "t": 9.5, "step": 23, "typed": "0.13", "right": true}
                                                             the student predicted the number of that step ("slip": "…"
                                                             too if a wrong answer has a known cause)
    {"kind": "reload", "t": 12, "scenario": {…}, "step": 0}  the scenario file was read again; later lines are about it
    {"kind": "fork", "t": 15, "step": 40, "start": 2, "edits": "eta=0.1"}
                                                             the current run was changed before that iteration (from 0);
                                                             runs count from 0, forks and reloads included
    {"kind": "switch", "t": 17, "run": 0, "step": 40}        another run is the current one from now on
    {"kind": "rename", "t": 18, "run": 1, "name": "…"}       a run was given a name
    {"kind": "discard", "t": 19, "run": 1}                   a fork was removed from the list of runs
    {"kind": "view", "t": 20, "digits": 4, "notation": "lecture", "tool": {…}}
                                                             something else is looked at, at the same step
    {"kind": "keyframe", "iteration": 64, "digest": "…", "weights": "…"}
                                                             the weights before that iteration (from 0): base64 of
                                                             little-endian float64, laid out as `engine.network` says
                                                             (left out if long), and the sha256 of those bytes

docs/recording-format.md describes all kinds of lines, and what a reader and a writer must do. A line of an unknown kind is
ignored and counted.
A NaN is 0x7ff8000000000000 in weights and digests. No path in a recording is ever followed.

    format    lines ⇄ bytes        header    the first line        keyframe    weights, and when they are due
    content   events ⇄ lines       reader    a whole recording     writer      appending events, and what is lost
    follower  what is new          line_file writing whole lines   verify      does recomputing give the same?
    lines     the kinds of lines, and their values                 keyframe_table, written_chapters
                                                                   keyframes as they are read, and as they are due
"""
