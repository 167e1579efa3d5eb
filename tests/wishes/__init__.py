"""The resident's page behind the letter's code."""
