"""The assistant: one corridor, from a message heard to messages owed."""
