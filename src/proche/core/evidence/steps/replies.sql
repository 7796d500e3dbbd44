-- Each comment, once, with the first answer given to that person under that post afterwards.
-- Without post ids, an answer to the person counts. The same row twice is one comment.
SELECT
    c.account_id,
    c.actor_id,
    c.post_id,
    c."at",
    min(r."at") AS answered_at
FROM received_comments AS c
LEFT JOIN answers AS r
    ON
        r.account_id = c.account_id
        AND r.recipient_id = c.actor_id
        AND r.post_id IS NOT DISTINCT FROM c.post_id
        AND r."at" >= c."at"
GROUP BY c.account_id, c.actor_id, c.post_id, c."at"
