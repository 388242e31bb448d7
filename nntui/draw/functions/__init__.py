"""Pictures of the functions: an activation, the cost over an output, the shares of a softmax."""
