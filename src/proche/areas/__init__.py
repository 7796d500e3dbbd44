"""What the programme keeps. Areas build on one another in one order, lowest first:
accounts, people, consent, messages, evidence, recruitment, brands, matching, campaigns,
events, content, impact."""
