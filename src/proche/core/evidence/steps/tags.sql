-- Hashtags without case or accents, once a post: the column where filled, else the text.
SELECT
    account_id,
    tag,
    count(*) AS uses
FROM (
    SELECT DISTINCT
        account_id,
        post_id,
        translate(lower(raw_tag), 'àâäáãåçéèêëîïíìôöóòõùûüúÿñ', 'aaaaaaceeeeiiiiooooouuuuyn') AS tag
    FROM (
        SELECT
            account_id,
            post_id,
            unnest(CASE
                WHEN hashtags IS NOT NULL
                    THEN regexp_extract_all(hashtags, '([\p{L}\p{M}\p{N}_]+)', 1)
                ELSE regexp_extract_all(text, '#([\p{L}\p{M}\p{N}_]+)', 1)
            END) AS raw_tag
        FROM timely_posts
    ) AS found
) AS folded
GROUP BY account_id, tag
