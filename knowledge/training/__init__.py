"""Making the numbers the product ships: run by `make train`, never by the product."""
