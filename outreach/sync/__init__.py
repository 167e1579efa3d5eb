"""How a phone and the server agree: one request, receipts, dossiers, intents, outcomes."""
