"""The 17 administrative regions of Québec, and their place on the schematic tile map."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """One region; `row` and `column` count from 0 on a grid of 5 by 7 tiles."""

    code: str
    tile: str
    fr: str
    en: str
    row: int
    column: int

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.fr


REGIONS = (
    Region("01", "BS", "Bas-Saint-Laurent", "Bas-Saint-Laurent", 2, 5),
    Region("02", "SL", "Saguenay–Lac-Saint-Jean", "Saguenay–Lac-Saint-Jean", 1, 4),
    Region("03", "CN", "Capitale-Nationale", "Capitale-Nationale", 2, 4),
    Region("04", "MA", "Mauricie", "Mauricie", 2, 3),
    Region("05", "ES", "Estrie", "Eastern Townships", 4, 3),
    Region("06", "MT", "Montréal", "Montréal", 3, 2),
    Region("07", "OU", "Outaouais", "Outaouais", 2, 0),
    Region("08", "AT", "Abitibi-Témiscamingue", "Abitibi-Témiscamingue", 1, 0),
    Region("09", "CÔ", "Côte-Nord", "Côte-Nord", 1, 5),
    Region("10", "NQ", "Nord-du-Québec", "Northern Québec", 0, 3),
    Region("11", "GÎ", "Gaspésie–Îles-de-la-Madeleine", "Gaspésie–Magdalen Islands", 2, 6),
    Region("12", "CA", "Chaudière-Appalaches", "Chaudière-Appalaches", 3, 4),
    Region("13", "LV", "Laval", "Laval", 3, 1),
    Region("14", "LA", "Lanaudière", "Lanaudière", 2, 2),
    Region("15", "LU", "Laurentides", "Laurentides", 2, 1),
    Region("16", "MG", "Montérégie", "Montérégie", 4, 2),
    Region("17", "CQ", "Centre-du-Québec", "Centre-du-Québec", 3, 3),
)
BY_CODE = {region.code: region for region in REGIONS}
REGION_CHOICES = [(region.code, region.fr) for region in REGIONS]


def region_name(code: str, language: str) -> str:
    """The full name of a region; the code itself if it is none of the 17."""
    region = BY_CODE.get(code)
    return region.name(language) if region else code
