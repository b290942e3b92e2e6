"""Numbers over time: samples, series made by rule, and tables that people bring."""
