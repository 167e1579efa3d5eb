"""What measures must keep its own books right, and its phone must do as the contract says."""
