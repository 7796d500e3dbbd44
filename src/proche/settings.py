SECRET_KEY = "placeholder-until-settings-are-written"
INSTALLED_APPS: list[str] = []
USE_TZ = True
