-- Posts in the window (posts_per_week) and weeks of it with a post (regularity).
SELECT
    w.account_id,
    w.days AS window_days,
    CAST(floor(w.days / 7) AS BIGINT) AS window_weeks,
    count(CASE WHEN p.age_days < w.days THEN 1 END) AS window_posts,
    count(DISTINCT CASE
        WHEN p.age_days < floor(w.days / 7) * 7 THEN floor(p.age_days / 7)
    END) AS posting_weeks
FROM window_days AS w
INNER JOIN timely_posts AS p ON p.account_id = w.account_id
GROUP BY w.account_id, w.days
