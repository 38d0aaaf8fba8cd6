"""A meeting on this machine: a Bot Connector that speaks the real HTTP, and a room to sit in."""
