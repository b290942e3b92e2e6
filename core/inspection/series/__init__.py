"""What forecasts a series, how good it is without a look into the future, and what a network sees."""
