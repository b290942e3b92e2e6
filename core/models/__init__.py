"""What a network is: PyTorch modules and their shipped weights. Knows nothing of data sets or pages."""
