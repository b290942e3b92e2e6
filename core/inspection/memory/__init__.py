"""How far networks remember, and what that costs."""
