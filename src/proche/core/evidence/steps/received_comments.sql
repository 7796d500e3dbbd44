-- Comments an account received; the same row twice is one comment.
SELECT DISTINCT
    i.target_account_id AS account_id,
    i.actor_id,
    coalesce(CAST(i.post_id AS VARCHAR), '') AS post_id,
    i."at"
FROM interactions AS i
INNER JOIN accounts AS a ON a.account_id = i.target_account_id
WHERE
    i.verb = 'reply'
    AND i.actor_id <> i.target_account_id
    AND coalesce(i.in_reply_to_actor_id, i.target_account_id) = i.target_account_id
