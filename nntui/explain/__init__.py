"""Why a number is what it is: equations, derivations, sentences. Strings and numbers only; no screen."""
