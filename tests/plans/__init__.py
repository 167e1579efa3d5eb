"""Plans, aftercare and the paper of both."""
