"""期限计算器: a citizen tells what happened and sees what is due, by `gongkai.law` alone."""
