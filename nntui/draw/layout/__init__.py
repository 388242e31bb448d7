"""The parts of the screen: the network, what is below it, and the foot; how many lines each gets."""
