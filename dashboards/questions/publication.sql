select * from publication
