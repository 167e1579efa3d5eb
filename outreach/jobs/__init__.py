"""Long work with progress on screen that can be cancelled."""
