"""What is said, whoever prints it: how alike two wordings are, and the utterances that join them."""
