"""After the web process is killed under load, every sign-up that was acknowledged is stored."""

from benchmarks.follow_ups_cases.public_sign_ups import Crowd, killed_half_way


def test_killing_the_web_process_loses_no_acknowledged_sign_up(services, own_house):
    with own_house.open() as make:
        slug = make.campaign("Peace", open_to_sign_ups=True).slug
    settings = own_house.app.config["SETTINGS"]
    crowd = Crowd(settings.port, settings.var_dir / "encuentro.db", settings.secret_key, slug)
    killed_half_way(lambda: services.start("web"), lambda: crowd.run(4, 3), 1)
    assert crowd.confirmed
    assert crowd.lost() == set()
