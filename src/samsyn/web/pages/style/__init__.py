"""The page that shows every part in every state: /stil."""
