"""What happens inside a network: from (network, input) to frozen records of NumPy arrays."""
