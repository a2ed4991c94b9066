"""The pages of bulk files and of webhooks."""
