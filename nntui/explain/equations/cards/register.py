"""An activation or a cost from outside the package, by its card alone."""

from nntui.engine.activations import ACTIVATIONS
from nntui.engine.costs import COSTS
from nntui.explain.equations.cards.activation_card import ActivationCard
from nntui.explain.equations.cards.activations import ACTIVATION_CARDS
from nntui.explain.equations.cards.cost_card import CostCard
from nntui.explain.equations.cards.costs import COST_CARDS


def register(card: ActivationCard | CostCard) -> None:
    """Makes an activation or a cost known everywhere; ValueError where its name is taken. To be called before any run."""
    match card:
        case ActivationCard(sigma=sigma):
            _check_free(sigma.name, ACTIVATION_CARDS)
            ACTIVATIONS[sigma.name], ACTIVATION_CARDS[sigma.name] = sigma, card
        case CostCard(cost=cost):
            _check_free(cost.name, COST_CARDS)
            COSTS[cost.name], COST_CARDS[cost.name] = (cost,), (card,)


def unregister(card: ActivationCard | CostCard) -> None:
    """Undoes `register`."""
    match card:
        case ActivationCard(sigma=sigma):
            del ACTIVATIONS[sigma.name], ACTIVATION_CARDS[sigma.name]
        case CostCard(cost=cost):
            del COSTS[cost.name], COST_CARDS[cost.name]


def _check_free(name: str, table: dict[str, ActivationCard] | dict[str, tuple[CostCard, ...]]) -> None:
    if name in table:
        raise ValueError(f"there is already a card for {name}")
