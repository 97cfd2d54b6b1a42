"""How the weights were made: data, labels, features, cross-validation."""
