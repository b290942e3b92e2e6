"""The sections of "Convolution by hand", a module each."""
