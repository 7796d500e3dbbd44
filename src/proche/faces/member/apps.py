from django.apps import AppConfig


class MemberFaceConfig(AppConfig):
    name = "proche.faces.member"
    label = "member_face"
