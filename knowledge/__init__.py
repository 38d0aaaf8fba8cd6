"""What can be said: answers that quote the protocol, and findings of personal information in chat."""
