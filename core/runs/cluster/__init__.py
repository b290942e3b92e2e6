"""Runs on several machines: seats that train, a desk beside the store, and a runner that knows both. With Ray."""
