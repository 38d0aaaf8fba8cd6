"""What was decided is sent later, in order, at the pace Teams allows."""
