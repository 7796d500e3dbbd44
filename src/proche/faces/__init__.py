"""What people see. A face writes rows only through an action or one plain ORM call."""
