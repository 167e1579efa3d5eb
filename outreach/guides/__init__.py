"""What volunteers say and ask: guides and consent texts, immutable per version."""
