"""Why a number is what it is: equations, sentences, warnings, grading. Strings and numbers only; no screen."""
