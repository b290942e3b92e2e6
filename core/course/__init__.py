"""The course: lessons and questions as files that a teacher can write, and what they may ask of the app."""
