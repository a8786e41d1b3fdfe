"""What the ad exports in the lake say was spent, worked out from their rows and manifests past every model."""

import glob

from orchestration.publish.gate.history import History
from orchestration.settings import DBT_PROJECT_DIR

TABLES = """
create or replace temp table ad_rows (source varchar, platform varchar, account varchar, channel varchar,
    campaign_id varchar, ad_id varchar, ad_set_id varchar, day date, currency varchar, breakdown varchar,
    file_id varchar, exported_at timestamp, spend decimal(38, 8), ad_rows bigint);
create or replace temp table campaigns (source varchar, account varchar, campaign_id varchar, currency varchar,
    version timestamp, exported_at timestamp, file_id varchar, file_row bigint);
create or replace temp table accounts (source varchar, account varchar, currency varchar, version timestamp,
    exported_at timestamp, file_id varchar, file_row bigint);
create or replace temp table ads (source varchar, ad_id varchar, ad_set_id varchar, campaign_id varchar,
    account varchar, version timestamp, exported_at timestamp, file_id varchar, file_row bigint);
create or replace temp table declared (source varchar, file_id varchar, breakdown varchar, account varchar,
    first_day date, last_day date, exported_at timestamp);
create or replace temp table ranks (source varchar, dimension varchar, is_complete boolean, rank integer);
create or replace temp table currencies (source varchar, currency varchar);
"""
RANKS = """
insert into ranks from read_csv(
    $seed, header = true, delim = ',',
    columns = {source: 'varchar', dimension: 'varchar', is_complete: 'boolean', rank: 'integer'}
)
"""
FILL_CURRENCIES = "insert into currencies values (?, ?)"
FILL_DECLARED = "insert into declared values (?, ?, ?, ?, ?, ?, ?)"
LINEAGE = "exported_at, file_id, file_row"
# An ad or an ad set that stands alone leads to its campaign; everything else carries it.
READ = {
    "campaign_days": """
        insert into ad_rows
        select $source, $source, coalesce(account_id, '(unknown)'), '', campaign_id,
            case when stands_alone and starts_with(breakdown || '+', 'ad+') then split_part(member, ' / ', 1) end,
            case when stands_alone and starts_with(breakdown || '+', 'ad_set+') then split_part(member, ' / ', 1) end,
            day, upper(trim(currency)), breakdown, file_id, max(exported_at), sum(spend), count(*)
        from (
            select *, campaign_id is null and campaign_name is null as stands_alone
            from read_parquet($parts, union_by_name = true)
        )
        group by all""",
    "ad_spend": """
        insert into ad_rows
        select $source, coalesce(platform, ''), coalesce(account, ''), channel, null, null, null,
            date, upper(trim(currency)), 'campaign', file_id, max(exported_at), sum(spend), count(*)
        from read_parquet($parts, union_by_name = true)
        group by all""",
    "campaigns": f"""
        insert into campaigns
        select $source, coalesce(account_id, '(unknown)'), campaign_id, upper(trim(currency)), updated_at, {LINEAGE}
        from read_parquet($parts, union_by_name = true) where campaign_id is not null""",
    "accounts": f"""
        insert into accounts
        select $source, account_id, upper(trim(currency)), updated_at, {LINEAGE}
        from read_parquet($parts, union_by_name = true) where account_id is not null""",
    "ads": f"""
        insert into ads
        select $source, ad_id, ad_set_id, campaign_id, account_id, updated_at, {LINEAGE}
        from read_parquet($parts, union_by_name = true) where ad_id is not null""",
}
NEWEST = "order by version desc nulls last, exported_at desc nulls last, file_id desc, file_row desc"
PLACED = f"""
create or replace temp table placed as
with current_campaigns as (
    from campaigns qualify row_number() over (partition by source, account, campaign_id {NEWEST}) = 1
),
owners as (
    select source, campaign_id,
        case when count(distinct nullif(account, '(unknown)')) = 1
            then max(nullif(account, '(unknown)')) end as account,
        case when count(distinct currency) = 1 then max(currency) end as currency
    from current_campaigns group by all
),
current_ads as (from ads qualify row_number() over (partition by source, ad_id {NEWEST}) = 1),
ad_sets as (
    select source, ad_set_id, max(campaign_id) as campaign_id, max(account) as account
    from current_ads where ad_set_id is not null
    group by all having count(distinct campaign_id) = 1
),
current_accounts as (from accounts qualify row_number() over (partition by source, account {NEWEST}) = 1),
led as (
    select ad_rows.* replace (
            coalesce(ad_rows.campaign_id, current_ads.campaign_id, ad_sets.campaign_id) as campaign_id
        ),
        coalesce(current_ads.account, ad_sets.account) as ad_account
    from ad_rows
    left join current_ads on ad_rows.source = current_ads.source and ad_rows.ad_id = current_ads.ad_id
    left join ad_sets on ad_rows.source = ad_sets.source and ad_rows.ad_set_id = ad_sets.ad_set_id
),
owned as (
    select led.* replace (
            case when led.source = 'template' or led.account <> '(unknown)' then led.account
                else coalesce(owners.account, ad_account, '(unknown)') end as account,
            coalesce(led.currency, owners.currency) as currency
        )
    from led left join owners on led.source = owners.source and led.campaign_id = owners.campaign_id
)
select owned.source, platform, owned.account, owned.account || '|' || platform || '|' || channel as book,
    day, breakdown, owned.file_id, coalesce(owned.currency, current_accounts.currency, currencies.currency) as currency,
    max(owned.exported_at) as exported_at, sum(spend) as spend, sum(ad_rows) as ad_rows
from owned
left join current_accounts on owned.source = current_accounts.source and owned.account = current_accounts.account
left join currencies on owned.source = currencies.source
group by all
"""
# A newer export replaces all that an older one says of a day which it covers, also by saying nothing.
COVERED = """
create or replace temp table covered as
with books as (select distinct source, account, book, breakdown, file_id from placed),
alone as (select source, max(account) as account from books group by all having count(distinct book) = 1),
silent as (
    select declared.* replace (coalesce(nullif(declared.account, '(unknown)'), alone.account) as account)
    from declared anti join books using (source, file_id)
    left join alone on declared.source = alone.source
),
claimed as (
    select books.*, first_day, last_day, exported_at from books inner join declared using (source, file_id)
    union all
    select silent.source, silent.account, silent.account || '|' || silent.source || '|',
        coalesce(silent.breakdown, had.breakdown), silent.file_id, first_day, last_day, exported_at
    from silent
    left join (select distinct source, account, breakdown from books) as had
        on silent.breakdown is null and silent.source = had.source and silent.account = had.account
    where silent.account is not null and coalesce(silent.breakdown, had.breakdown) is not null
)
from (
    select source, book, breakdown, day, file_id, max(exported_at) as exported_at
    from (
        select source, book, breakdown, day, file_id, exported_at from placed
        union all
        select source, book, breakdown, cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date),
            file_id, exported_at
        from claimed
    )
    where day <= $as_of
    group by source, book, breakdown, day, file_id
)
qualify row_number() over (
    partition by source, book, breakdown, day order by exported_at desc nulls last, file_id desc
) = 1
"""
CHOSEN = """
create or replace temp table chosen as
with dimensions as (
    select distinct source, breakdown, unnest(
        string_split(breakdown, '+') || case when list_contains(string_split(breakdown, '+'), 'campaign') then []
            else ['account'] end
    ) as dimension
    from covered
),
ruled as (
    select dimensions.source, breakdown, bool_and(coalesce(own.is_complete, every.is_complete, false)) as is_complete,
        max(coalesce(own.rank, every.rank)) as rank,
        bool_and(dimension not in ('campaign', 'ad_set', 'ad')) as is_account
    from dimensions
    left join ranks as own using (source, dimension)
    left join ranks as every on every.source = '*' and dimensions.dimension = every.dimension
    group by all
)
select source, book, day, breakdown, file_id, is_complete,
    is_complete and is_account as is_account,
    row_number() over (partition by source, book, day
        order by not is_complete, rank, exported_at desc nulls last, breakdown) as place,
    row_number() over (partition by source, book, day, is_complete and is_account
        order by rank, exported_at desc nulls last, breakdown) as account_place
from covered inner join ruled using (source, breakdown)
"""
# What an account has beyond its campaigns counts too, unless rounding explains it: half a cent a row.
FILES_SAY = """
create or replace temp table files_say as
with counted as (
    select source, platform, account, book, day, currency,
        sum(spend) filter (is_complete and place = 1) as feeding,
        coalesce(sum(ad_rows) filter (is_complete and place = 1), 0) as feeding_rows,
        sum(spend) filter (is_account and account_place = 1 and place > 1) as whole,
        sum(ad_rows) as ad_rows
    from placed inner join chosen using (source, book, day, breakdown, file_id)
    where (is_complete and place = 1) or (is_account and account_place = 1)
    group by all
),
days as (
    select *, coalesce(whole, 0) - coalesce(feeding, 0) as beyond,
        feeding_rows > 0 or sum(feeding_rows) over (partition by source, book, day) = 0 as may_have_more,
        greatest(ad_rows, 2) * case when currency in (
            'CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND'
        ) then 0.5 else 0.005 end as rounding
    from counted
)
select source, platform, account, currency,
    sum(coalesce(feeding, 0) + case when may_have_more and beyond > rounding then beyond else 0 end) as spend
from days group by all
"""


def load(history: History) -> None:
    """Table `files_say`: spend by source, platform, account and currency."""
    history.rows(TABLES)
    for (source, stream), parts in parts_of(history).items():
        if stream in READ and (source.endswith("_ads") or stream == "ad_spend"):
            history.rows(READ[stream], source=source, parts=parts)
    history.rows(RANKS, seed=str(DBT_PROJECT_DIR / "seeds/ad_breakdowns.csv"))
    _fill(history, FILL_CURRENCIES, [(name, source.currency) for name, source in history.rules.sources.items()])
    _fill(
        history,
        FILL_DECLARED,
        [
            (file.source, file.file_id, file.breakdown, file.account_id, *file.declared, file.exported_at)
            for file in history.files
            if file.stream == "campaign_days" and file.declared
        ],
    )
    history.rows(PLACED)
    history.rows(COVERED, as_of=history.as_of)
    history.rows(CHOSEN)
    history.rows(FILES_SAY)


def parts_of(history: History) -> dict[tuple[str, str], list[str]]:
    """The parts of each stream that have a manifest, escaped: a path is no pattern."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in history.files:
        part = history.lake / str(file.source) / str(file.stream) / f"{file.file_id}.parquet"
        if part.exists():
            found.setdefault((str(file.source), str(file.stream)), []).append(glob.escape(str(part)))
    return found


def _fill(history: History, statement: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        history.conn.executemany(statement, rows)
