"""One module per kind of event: read, ask the domain, choose the card, reply."""
