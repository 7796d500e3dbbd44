-- One row an account: everything that was counted, nothing yet judged.
SELECT
    a.account_id,
    a.platform,
    a.followers,
    a.handle,
    a.following,
    a.posts_total,
    a.bio,
    a.category,
    a.is_business,
    a.is_private,
    a.has_avatar,
    a.external_url,
    a.occupation,
    a.seeks_living,
    coalesce(a.proof, 'declared') AS proof,
    a.as_of,
    coalesce(length(trim(a.bio)), a.bio_length) AS bio_length,
    coalesce(
        length(regexp_replace(a.handle, '[^0-9]', '', 'g')), a.handle_digits
    ) AS handle_digits,
    e.posts,
    e.engaged_posts,
    e.engaged_sum,
    e.engaged_squares,
    e.commented_posts,
    e.comment_sum,
    e.comment_squares,
    e.liked_posts,
    v.window_days,
    v.window_weeks,
    v.window_posts,
    v.posting_weeks,
    s.judged_posts,
    s.sponsored_posts,
    e.texts,
    t.posts_without_topic,
    t.topic_uses,
    t.topic_logs,
    t.topic_square_logs,
    coalesce(a.language, g.language) AS language,
    CASE
        WHEN a.language IS NOT NULL THEN 'given' WHEN g.language IS NOT NULL THEN 'detected'
    END AS language_from,
    r.actors,
    r.reciprocated,
    b.seen_actors,
    b.returning_actors,
    b.posts_acted_on,
    l.placed_actors,
    l.local_actors,
    q.received,
    q.answered,
    m.dated_answers,
    m.middle_low,
    m.middle_high,
    m.seconds_low,
    m.seconds_high,
    f.follows,
    f.busiest_follows,
    f.busiest_moments,
    f.follow_days,
    c.worded_comments,
    c.repeated_comments
FROM accounts AS a
LEFT JOIN engagement AS e ON e.account_id = a.account_id
LEFT JOIN activity AS v ON v.account_id = a.account_id
LEFT JOIN sponsored AS s ON s.account_id = a.account_id
LEFT JOIN topic_focus AS t ON t.account_id = a.account_id
LEFT JOIN languages_told AS g ON g.account_id = a.account_id
LEFT JOIN reciprocity AS r ON r.account_id = a.account_id
LEFT JOIN returning_actors AS b ON b.account_id = a.account_id
LEFT JOIN locality AS l ON l.account_id = a.account_id
LEFT JOIN reply_rate AS q ON q.account_id = a.account_id
LEFT JOIN response_time AS m ON m.account_id = a.account_id
LEFT JOIN bursts AS f ON f.account_id = a.account_id
LEFT JOIN repeated_comments AS c ON c.account_id = a.account_id
