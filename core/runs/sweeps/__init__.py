"""Many runs at once, over settings that vary."""
