"""Event names of bodies, people, roles and accounts, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "body.created": "{actor}登记了机关{name}。",
    "body.edited": "{actor}修改了机关{name}的{changed}。",
    "body.deactivated": "{actor}停用了机关{name}：{reason}。",
    "section.created": "{actor}设立了科室{name}。",
    "section.edited": "{actor}修改了科室{name}的{changed}。",
    "section.deactivated": "{actor}停用了科室{name}：{reason}。",
    "person.created": "{actor}开立了账号{account}。",
    "person.edited": "{actor}修改了账号{account}的{changed}。",
    "person.deactivated": "{actor}停用了账号{account}：{reason}。",
    "person.reactivated": "{actor}恢复了账号{account}：{reason}。",
    "role.granted": "{actor}授予账号{account}角色“{label}”。",
    "role.revoked": "{actor}收回账号{account}的角色“{label}”：{reason}。",
    "seat.taken": "{actor}登记了{group}的{title}。",
    "seat.vacated": "{actor}免去了{group}的{title}。",
    "duty.assigned": "{actor}登记了职责“{title}”。",
    "duty.edited": "{actor}修改了职责“{title}”。",
    "duty.dropped": "{actor}删去了职责“{title}”：{reason}。",
    "notice.loaded": "{actor}录入了{year}年节假日安排{number}，{moved}个期限随之重算。",
    "account.signed_in": "账号{account}登录。",
    "account.signed_out": "账号{account}退出。",
    "account.locked": "账号{account}连续输错密码，锁定{minutes}分钟。",
    "account.unlocked": "{actor}解除了账号{account}的锁定。",
    "account.password_issued": "{actor}为账号{account}发了临时密码。",
    "account.password_changed": "账号{account}修改了密码。",
    "account.token_created": "账号{account}新建了访问令牌“{token}”（{scope}，有效至{until}）。",
    "account.token_revoked": "{actor}吊销了账号{account}的访问令牌“{token}”。",
    "account.second_factor_set": "账号{account}设置了第二重验证。",
    "account.second_factor_removed": "账号{account}的第二重验证被移除。",
    "account.second_factor_reset": "{actor}重置了账号{account}的第二重验证：{reason}。",
}
KINDS = {
    "body": "机关",
    "section": "科室",
    "person": "账号",
    "role_grant": "角色授予",
    "seat": "席位",
    "duty": "职责",
    "holiday_notice": "节假日安排",
}
