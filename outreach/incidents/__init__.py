"""What went wrong at a door, and who called back; apart from any dossier."""
