-- Sponsored posts: the column where it is filled, else the words of disclosure in the text.
SELECT
    account_id,
    count(sponsored) AS judged_posts,
    count(CASE WHEN sponsored THEN 1 END) AS sponsored_posts
FROM (
    SELECT
        account_id,
        coalesce(
            sponsored,
            regexp_matches(
                lower(text),
                '#(ad|ads|pub|sponsored|sponsorise|sponsorisé|sponsorisée|commandite|commandité|commanditée|publicite|publicité|partenariat|partenariatremunere|partenariatrémunéré|paidpartnership|paidpartner|collaborationcommerciale|collaborationremuneree|collaborationrémunérée)($|[^\p{L}\p{N}_])|paid partnership|partenariat rémunéré|collaboration commerciale|collaboration rémunérée|sponsored by|commandité par|commanditée par|sponsorisé par|sponsorisée par'
            )
        ) AS sponsored
    FROM timely_posts
) AS judged
GROUP BY account_id
