"""A student's sheet followed and marked: findings, reports for people and programs, a class's summary, feedback pages."""
