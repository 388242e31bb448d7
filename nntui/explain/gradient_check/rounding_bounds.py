"""What rounding may do to C and to every δ at one data point, from the sizes of the terms that are added.

A bound is made of the sizes of terms and not of their sums, which may cancel: 8 U for each operation or two, U = 2⁻⁵³.
"""

from functools import cached_property

import numpy as np

from nntui.engine.arithmetic import Array, quiet
from nntui.engine.network import Network
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.equations.cards.costs import cost_card
from nntui.explain.gradient_check.rounding_sizes import sizes_down, sizes_up

U = 2.0**-53
TINY = 1e-300  # where numbers times COMPLEX_H begin to lose digits because they are small
_LEAST = 1e-318  # what is lost where a product is too small, a few hundred times over


class RoundingBounds:
    """The slopes of σ and C at a data point, and bounds on what rounding does to what is computed with them.

    theta (parameters,); z and a as `engine.iteration.forward` gives them; y (n_N,).
    """

    def __init__(self, network: Network, theta: Array, z: Array, a: Array, y: Array) -> None:
        self.network, self.theta, self.z, self.a, self.y = network, theta, z, a, y
        self._cards = [ACTIVATION_CARDS[layer.activation] for layer in network.layers]
        self._cost_card = cost_card(network)

    @cached_property
    def slopes(self) -> list[Array]:
        """Im σ(z + ih)/h of every layer, shape (n_l,); of a softmax nan, it is in `top_slopes`."""
        with quiet():
            return [
                card.complex_slope(self.z[block.neurons]) for card, block in zip(self._cards, self.network.blocks, strict=True)
            ]

    @cached_property
    def top_slopes(self) -> Array:
        """Im C(z^N + ih in one place)/h, shape (n_N,)."""
        top = self.network.blocks[-1]
        z, a = self.z[top.neurons], self.a[top.outputs]
        with quiet():
            return self._cost_card.complex_slope(z, a, self.y, self.slopes[-1])

    @cached_property
    def sizes(self) -> list[tuple[Array, Array]]:
        """Of every layer ∂C/∂a and ∂C/∂z with all terms taken by their size: upper bounds, shape (n_l,) each."""
        top, cost = self.network.blocks[-1], self.network.cost_function
        with quiet():
            slope = np.abs(cost.slope(self.a[top.outputs], self.y))
        above = np.zeros(top.units) if cost.cancels_slope else slope  # where it cancels, C does not pass through a
        sizes = [(above, np.abs(self.top_slopes))]
        with quiet():
            for number in range(len(self.network.blocks) - 1, 0, -1):
                above = sizes_down(self.network.blocks[number].matrix(self.theta)[1:], sizes[0][1])
                sizes.insert(0, (above, above * np.abs(self.slopes[number - 1])))
        return sizes

    @cached_property
    def rounding(self) -> list[Array]:
        """What rounding may have made of every δ^l in (14), shape (n_l,); infinite where no bound is known."""
        errors = [self._top_rounding()]
        with quiet():
            for number in range(len(self.network.blocks) - 1, 0, -1):
                upper = self.network.blocks[number].matrix(self.theta)[1:]
                carried = sizes_down(upper, errors[0] + 8.0 * U * self.sizes[number][1])
                of_slope = self.sizes[number - 1][0] * self._slope_rounding(number)
                errors.insert(0, carried * np.abs(self.slopes[number - 1]) + of_slope + TINY)
        return [np.where(np.isnan(error), np.inf, error) for error in errors]

    @cached_property
    def underflow(self) -> Array:
        """What imaginary parts too small for a float64 may take from Im C/h on the way up from layer l, shape (N,)."""
        with quiet():
            shares = [_LEAST * float(np.sum(above) + np.sum(size)) for above, size in self.sizes]
            return np.cumsum(shares[::-1])[::-1]

    def _top_rounding(self) -> Array:
        a = self.a[self.network.blocks[-1].outputs]
        cost = self.network.cost_function
        if not cost.cancels_slope:
            above, size = self.sizes[-1]
            return 8.0 * U * size + above * self._slope_rounding(len(self.network.layers)) + TINY
        error = 8.0 * U * (np.abs(a) + np.abs(self.y))
        if cost.target_sum is not None:  # δ = a − y takes Σ y for 1, as it is but for 1e-9
            error += np.abs(a) * abs(float(np.sum(self.y)) - cost.target_sum)
        return error

    def _slope_rounding(self, layer: int) -> Array:
        """What rounding may have made of σ′ as it is computed from a."""
        a = self.a[self.network.blocks[layer - 1].outputs]
        return 8.0 * U * self._cards[layer - 1].slope_rounding(a) + TINY

    @cached_property
    def noise(self) -> Array:
        """What rounding in C, and in z and a of layers l … N, may do to C, for l = 1 … N, shape (N,)."""
        shares = []
        with quiet():
            for block, terms, (above, size) in zip(self.network.blocks, self.terms, self.sizes, strict=True):
                shares.append(8.0 * U * (float(size @ terms) + float(above @ np.abs(self.a[block.outputs]))))
            # C is a small difference of numbers like z where it is computed from them
            shares[-1] += 8.0 * U * self._cost_card.size_of_terms(self.z[self.network.blocks[-1].neurons], self.y)
            return np.cumsum(shares[::-1])[::-1]

    @cached_property
    def terms(self) -> list[Array]:
        """Σ_j |w_kj a_j| of every layer, longer sums rounding more often, shape (n_l,) each."""
        with quiet():
            return [sizes_up(block, self.theta, np.abs(self.a[block.senders])) for block in self.network.blocks]
