"""The names of the months as CLDR has them, wide and abbreviated; a test holds them against Babel.

Babel reads every text of a locale to give them, which takes longer than a file of a thousand rows.
"""

# January to December: in lower case, without a final point.
MONTHS: dict[str, str] = {
    "en": "january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sep october,oct "
    "november,nov december,dec",
    "de": "januar,jan februar,feb märz,mär april,apr mai juni,jun juli,jul august,aug september,sept,sep oktober,okt "
    "november,nov dezember,dez",
    "fr": "janvier,janv février,févr mars avril,avr mai juin juillet,juil août septembre,sept octobre,oct "
    "novembre,nov décembre,déc",
    "es": "enero,ene febrero,feb marzo,mar abril,abr mayo,may junio,jun julio,jul agosto,ago septiembre,sept "
    "octubre,oct noviembre,nov diciembre,dic",
    "pt": "janeiro,jan fevereiro,fev março,mar abril,abr maio,mai junho,jun julho,jul agosto,ago setembro,set "
    "outubro,out novembro,nov dezembro,dez",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
# What CLDR does not have: English writes Sept as often as Sep, German spreadsheets write Mrz.
BESIDE: dict[str, dict[str, int]] = {"en": {"sept": 9}, "de": {"mrz": 3}}


def names_of(language: str) -> dict[str, int]:
    """Every name of a month in a language, and which month it is."""
    months = enumerate(MONTHS[language].split(), start=1)
    return {name: month for month, names in months for name in names.split(",")} | BESIDE.get(language, {})
