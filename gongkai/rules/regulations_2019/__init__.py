"""条例（2019）. The Regulations on the disclosure of government information, in force since 2019-05-15."""
