-- Comments received whose words are twenty letters or more, and those found again under another
-- post or from another person. Case, accents, emoji and punctuation make no difference.
SELECT
    account_id,
    CAST(sum(comments) AS BIGINT) AS worded_comments,
    CAST(coalesce(sum(CASE WHEN people > 1 OR posts > 1 THEN comments END), 0) AS BIGINT)
        AS repeated_comments
FROM (
    SELECT
        account_id,
        words,
        count(*) AS comments,
        count(DISTINCT actor_id) AS people,
        count(DISTINCT post_id) AS posts
    FROM (
        SELECT
            target_account_id AS account_id,
            actor_id,
            post_id,
            regexp_replace(
                translate(lower(text), 'àâäáãåçéèêëîïíìôöóòõùûüúÿñ', 'aaaaaaceeeeiiiiooooouuuuyn'),
                '[^\p{L}\p{N}]+', '', 'g'
            ) AS words
        FROM interactions
        WHERE
            verb = 'reply'
            AND text IS NOT NULL
            AND actor_id <> target_account_id
            AND coalesce(in_reply_to_actor_id, target_account_id) = target_account_id
    ) AS comments
    WHERE length(words) >= 20
    GROUP BY account_id, words
) AS wordings
GROUP BY account_id
